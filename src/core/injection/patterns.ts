/** A phrase that user input should not hold. */
export interface InjectionPattern {
  readonly label: string;
  /** Also common in harmless text (role prompts, Markdown headings, news): alone it is no strong sign. */
  readonly weak: boolean;
  readonly expression: RegExp;
}

const strong = (label: string, expression: RegExp): InjectionPattern => ({ label, weak: false, expression });
const weak = (label: string, expression: RegExp): InjectionPattern => ({ label, weak: true, expression });

/**
 * The 18 patterns in the order in which their labels are written; labels and what they match are those of the Python
 * package. Case-insensitive and unanchored.
 *
 * None can backtrack beyond linear work: the only repetitions are runs of white space, each run is followed by something
 * that is no white space, no two runs can meet, and every pattern starts with literal text. So a run is tried once from
 * its start and given back once, and no other start shares it.
 */
export const INJECTION_PATTERNS: readonly InjectionPattern[] = [
  strong("ignore_instructions", /ignore\s+(?:all\s+)?(?:previous|prior|above|earlier)\s+instruction/i),
  strong("disregard_instructions", /disregard\s+(?:all\s+)?(?:previous|prior|above)\s+instruction/i),
  strong("forget_instructions", /forget\s+(?:all\s+)?(?:previous|prior|above)\s+instruction/i),
  weak("you_are_now", /you\s+are\s+now\s/i),
  strong("new_role", /your\s+new\s+(?:role|persona|identity|instructions?)\s+(?:is|are)/i),
  weak("act_as", /act\s+as\s+(?:if\s+you\s+are\s+)?(?:an?|the)\s/i),
  weak("pretend", /pretend\s+(?:you\s+are|to\s+be)\s/i),
  strong("do_not_follow", /do\s+not\s+follow\s+(?:your\s+)?(?:previous|prior|original)\s/i),
  strong("system_colon", /system\s*:\s*you\s+are/i),
  strong("system_tag", /\[system\]/i),
  strong("im_start", /<\|im_start\|>/i),
  strong("system_pipe", /<\|system\|>/i),
  weak("hash_system", /###\s*system/i),
  weak("jailbreak", /jailbreak/i),
  strong("dan_mode", /dan\s+mode/i),
  strong("developer_mode", /developer\s+mode\s+(?:enabled|on)/i),
  strong("override_safety", /override\s+(?:safety|guidelines|restrictions)/i),
  strong("bypass_safety", /bypass\s+(?:safety|restrictions|filters)/i),
];

/**
 * Matches wherever one of the patterns does, and seldom else: one pass over a harmless text instead of eighteen. It has a
 * part of every pattern that no match can lack.
 */
export const ANY_PATTERN =
  /instruction|you\s+are\s|your\s+new|act\s+as|pretend|not\s+follow|system|im_start|jailbreak|\smode|(?:override|bypass)\s/i;

/** Labels that alone are no strong sign. */
export const WEAK_LABELS: ReadonlySet<string> = new Set(
  INJECTION_PATTERNS.filter((pattern) => pattern.weak).map((pattern) => pattern.label),
);
