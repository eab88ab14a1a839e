export { registerDemo } from "../demo/register";
