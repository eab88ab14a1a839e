import ts from "typescript";
import { sources } from "../architecture/sources";

/** A text for people as the code states it. */
export interface Stated {
  readonly key: string;
  readonly text: string;
  /** `path:line`. */
  readonly where: string;
}

/** Tags that translations may hold by name; others are numbered. */
const BY_NAME: ReadonlySet<string> = new Set(["br", "strong", "i", "p"]);

/** JSX drops the line breaks of the source and what surrounds them. */
const shown = (text: string): string =>
  text
    .split("\n")
    .map((line, index, all) => {
      const start = index === 0 ? line : line.trimStart();
      return index === all.length - 1 ? start : start.trimEnd();
    })
    .filter((line) => line !== "")
    .join(" ");

/** The text of the children of a `Trans`, as i18next looks it up. */
function childrenText(children: readonly ts.JsxChild[], at: string): string {
  const kept = children.filter((child) => !(ts.isJsxText(child) && shown(child.text) === ""));
  return kept.map((child, index) => childText(child, index, at)).join("");
}

function childText(child: ts.JsxChild, index: number, at: string): string {
  if (ts.isJsxText(child)) return shown(child.text);
  if (ts.isJsxElement(child)) {
    const tag = child.openingElement.tagName.getText();
    const name = BY_NAME.has(tag) && child.openingElement.attributes.properties.length === 0 ? tag : String(index);
    return `<${name}>${childrenText(child.children, at)}</${name}>`;
  }
  if (ts.isJsxSelfClosingElement(child))
    return BY_NAME.has(child.tagName.getText()) ? "<br/>" : `<${index}></${index}>`;
  if (ts.isJsxExpression(child) && child.expression !== undefined) {
    const { expression } = child;
    if (ts.isStringLiteralLike(expression)) return expression.text;
    if (ts.isObjectLiteralExpression(expression)) {
      return expression.properties.map(({ name }) => `{{${name?.getText() ?? ""}}}`).join("");
    }
  }
  throw new Error(`${at}: a text of Trans holds something that cannot be looked up: ${child.getText()}`);
}

/** Texts of one source file. */
export function textsOf(path: string, source: string): Stated[] {
  const file = ts.createSourceFile(path, source, ts.ScriptTarget.Latest, true);
  const found: Stated[] = [];
  const visit = (node: ts.Node): void => {
    const where = `${path}:${file.getLineAndCharacterOfPosition(node.getStart()).line + 1}`;
    if (ts.isCallExpression(node) && ts.isIdentifier(node.expression) && node.expression.text === "t") {
      found.push(...calledTexts(node, where));
    }
    if (ts.isJsxElement(node) && node.openingElement.tagName.getText() === "Trans") {
      found.push({ key: keyOf(node.openingElement, where), text: childrenText(node.children, where), where });
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

function calledTexts({ arguments: [key, text, values] }: ts.CallExpression, where: string): Stated[] {
  if (key === undefined || !ts.isStringLiteralLike(key)) throw new Error(`${where}: the key of t() is computed`);
  if (text === undefined || !ts.isStringLiteralLike(text)) throw new Error(`${where}: the text of t() is computed`);
  const properties = values !== undefined && ts.isObjectLiteralExpression(values) ? values.properties : [];
  const plurals = properties.flatMap((property) => {
    if (!ts.isPropertyAssignment(property) || !ts.isStringLiteralLike(property.initializer)) return [];
    const [, form] = /^defaultValue_(\w+)$/.exec(property.name.getText()) ?? [];
    return form === undefined ? [] : [{ key: `${key.text}_${form}`, text: property.initializer.text, where }];
  });
  return [{ key: key.text, text: text.text, where }, ...plurals];
}

function keyOf(element: ts.JsxOpeningElement, where: string): string {
  for (const attribute of element.attributes.properties) {
    if (!ts.isJsxAttribute(attribute) || attribute.name.getText() !== "i18nKey") continue;
    const { initializer } = attribute;
    if (initializer !== undefined && ts.isStringLiteral(initializer)) return initializer.text;
  }
  throw new Error(`${where}: a Trans without a key`);
}

/** Every text of what is shown in Grafana. */
export function allTexts(): Stated[] {
  return sources()
    .filter(({ path }) => /^src\/(components|app|datasource|panels)\//.test(path) && !/\.test\.tsx?$/.test(path))
    .flatMap(({ path, text }) => textsOf(path, text));
}

/** Keys that stand for different texts, and keys that are also the beginning of others. */
export function problemsOf(texts: readonly Stated[]): string[] {
  const first = new Map<string, Stated>();
  const problems: string[] = [];
  for (const stated of texts) {
    const other = first.get(stated.key);
    if (other === undefined) first.set(stated.key, stated);
    else if (other.text !== stated.text) problems.push(`${stated.key}: ${other.where} and ${stated.where} differ`);
    if (!/^[a-z][\w-]*(\.[\w-]+)+$/.test(stated.key))
      problems.push(`${stated.key} of ${stated.where} is no "area.key"`);
  }
  for (const { key, where } of first.values()) {
    const parts = key.split(".");
    const prefix = parts.map((_, index) => parts.slice(0, index).join(".")).find((begin) => first.has(begin));
    if (prefix !== undefined) problems.push(`${key} of ${where} lies below ${prefix}, which is a text`);
  }
  return problems;
}

type Tree = { [name: string]: string | Tree };

/** The translation file of English: what the code says, by key. */
export function localeOf(texts: readonly Stated[]): string {
  const root: Tree = {};
  for (const { key, text } of [...texts].sort((one, other) => (one.key < other.key ? -1 : 1))) {
    const names = key.split(".");
    const last = names.pop() ?? "";
    let tree = root;
    for (const name of names) {
      const next = tree[name] ?? {};
      if (typeof next === "string") throw new Error(`${key} lies below a text`);
      tree[name] = next;
      tree = next;
    }
    tree[last] = text;
  }
  return `${JSON.stringify(root, null, 2)}\n`;
}
