import { Dunetrace } from "dunetrace-grafana";
import { dunetraceHandler } from "dunetrace-grafana/fetch-handler";
import { answer } from "../shared/museumAgent";

export const dt = new Dunetrace({ emitAsJson: true });

async function questionOf(request: Request): Promise<string> {
  const { question }: { question: string } = JSON.parse(await request.text());
  return question;
}

/** As a route handler of Next.js is written, in `app/api/chat/route.ts`. */
export const POST = dunetraceHandler(
  dt,
  async (request: Request) => {
    const question = await questionOf(request);
    return Response.json({ answer: await answer(question) });
  },
  {
    agentId: "museum-guide",
    route: "/api/chat",
    inputFrom: questionOf,
  },
);
