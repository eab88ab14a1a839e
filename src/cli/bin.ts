#!/usr/bin/env node
import { main } from "./main";
import { nodeIo } from "./nodeIo";

const io = nodeIo();
process.exitCode = await main(process.argv.slice(2), io);
// A command that stopped early leaves stdin open, which would keep the process alive.
io.stdin.close();
