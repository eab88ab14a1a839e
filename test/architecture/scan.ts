import ts from "typescript";

/** One import of a module, or one use of something impure. */
export interface Found {
  /** The text between the quotes; undefined when it is no literal. For impurities the expression. */
  readonly name: string | undefined;
  readonly kind: "value" | "type" | "impure";
  /** Counted from 1. */
  readonly line: number;
}

/**
 * All imports of a TypeScript file: static ones, re-exports, `import()`, `require()`, `import x = require()`, functions
 * made by `createRequire`, types by `import("…")` and `/// <reference />`; and where it reads the clock or random
 * numbers.
 */
export function scan(path: string, text: string): Found[] {
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
  const found: Found[] = [];
  const requires = new Set(["require"]);

  const add = (node: ts.Node, kind: Found["kind"], name: string | undefined): void => {
    found.push({ name, kind, line: source.getLineAndCharacterOfPosition(node.getStart(source)).line + 1 });
  };
  const literal = (node: ts.Node | undefined): string | undefined =>
    node !== undefined && ts.isStringLiteralLike(node) ? node.text : undefined;

  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node)) {
      add(node, importsOnlyTypes(node.importClause) ? "type" : "value", literal(node.moduleSpecifier));
    } else if (ts.isExportDeclaration(node) && node.moduleSpecifier !== undefined) {
      add(node, exportsOnlyTypes(node) ? "type" : "value", literal(node.moduleSpecifier));
    } else if (ts.isImportEqualsDeclaration(node) && ts.isExternalModuleReference(node.moduleReference)) {
      add(node, node.isTypeOnly ? "type" : "value", literal(node.moduleReference.expression));
    } else if (ts.isImportTypeNode(node)) {
      add(node, "type", ts.isLiteralTypeNode(node.argument) ? literal(node.argument.literal) : undefined);
    } else if (ts.isVariableDeclaration(node) && ts.isIdentifier(node.name) && callsCreateRequire(node.initializer)) {
      requires.add(node.name.text);
    } else if (ts.isCallExpression(node) && loadsModule(node.expression, requires)) {
      add(node, "value", literal(node.arguments[0]));
    }
    const impure = impurity(node);
    if (impure !== undefined) add(node, "impure", impure);
    ts.forEachChild(node, visit);
  };
  visit(source);
  for (const reference of [...source.typeReferenceDirectives, ...source.referencedFiles]) {
    found.push({
      name: reference.fileName,
      kind: "type",
      line: source.getLineAndCharacterOfPosition(reference.pos).line + 1,
    });
  }
  return found;
}

function importsOnlyTypes(clause: ts.ImportClause | undefined): boolean {
  if (clause === undefined) return false;
  if (clause.phaseModifier === ts.SyntaxKind.TypeKeyword) return true;
  const named = clause.namedBindings;
  if (clause.name !== undefined || named === undefined || !ts.isNamedImports(named)) return false;
  return named.elements.length > 0 && named.elements.every((element) => element.isTypeOnly);
}

function exportsOnlyTypes(node: ts.ExportDeclaration): boolean {
  if (node.isTypeOnly) return true;
  const clause = node.exportClause;
  if (clause === undefined || !ts.isNamedExports(clause)) return false;
  return clause.elements.length > 0 && clause.elements.every((element) => element.isTypeOnly);
}

const isName = (node: ts.Node, name: string): boolean => ts.isIdentifier(node) && node.text === name;

function callsCreateRequire(node: ts.Expression | undefined): boolean {
  if (node === undefined || !ts.isCallExpression(node)) return false;
  const callee = node.expression;
  return (
    isName(callee, "createRequire") || (ts.isPropertyAccessExpression(callee) && callee.name.text === "createRequire")
  );
}

/** Whether a call of this expression loads a module: `import`, `require`, `require.resolve`, `createRequire(…)`. */
function loadsModule(callee: ts.Expression, requires: ReadonlySet<string>): boolean {
  if (callee.kind === ts.SyntaxKind.ImportKeyword || callsCreateRequire(callee)) return true;
  const target = ts.isPropertyAccessExpression(callee) && callee.name.text === "resolve" ? callee.expression : callee;
  return ts.isIdentifier(target) && requires.has(target.text);
}

function impurity(node: ts.Node): string | undefined {
  if (ts.isPropertyAccessExpression(node)) {
    const text = `${node.expression.getText()}.${node.name.text}`;
    return ["Date.now", "Math.random", "performance.now"].includes(text) ? text : undefined;
  }
  if (ts.isNewExpression(node) && isName(node.expression, "Date") && (node.arguments?.length ?? 0) === 0) {
    return "new Date()";
  }
  return ts.isCallExpression(node) && isName(node.expression, "Date") ? "Date()" : undefined;
}
