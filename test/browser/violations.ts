import axe from "axe-core";
import type { Page } from "playwright-core";

/** A rule of axe that a page breaks, and where. */
export interface Violation {
  readonly rule: string;
  readonly where: readonly string[];
}

/**
 * Rules of axe that the page breaks. Its script comes from outside the page, so that no policy of the page keeps it off.
 *
 * @param embedded a part of a page that has its heading from Grafana
 */
export async function violationsOf(page: Page, embedded = false): Promise<Violation[]> {
  const rules = embedded ? { "page-has-heading-one": { enabled: false } } : {};
  await page.evaluate(axe.source);
  const { violations }: axe.AxeResults = await page.evaluate(
    `axe.run(document, ${JSON.stringify({ resultTypes: ["violations"], rules })})`,
  );
  return violations.map(({ id, nodes }) => ({
    rule: id,
    where: nodes.map(({ html, any }) => `${html.slice(0, 200)} ${any[0]?.message ?? ""}`),
  }));
}
