/** The npm package, as run.started lines name their producer. */
export const SDK_NAME = "dunetrace-grafana";
/** The version of the package. A test holds it equal to package.json. */
export const SDK_VERSION = "0.1.0";
