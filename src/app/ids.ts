export const APP_ID = "dunetrace-agents-app";
export const DATASOURCE_ID = "dunetrace-agents-datasource";

/** Where the pages of the app begin, below the address of Grafana. */
export const APP_ROOT = `/a/${APP_ID}`;
