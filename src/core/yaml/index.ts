/** YAML to write, without a library: what pages and commands hand to people as files. */
export { type YamlValue, yamlScalar, yamlText } from "./yamlText";
