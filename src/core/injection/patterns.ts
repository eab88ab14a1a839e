/** One wording that tries to override an agent's instructions. */
export interface InjectionPattern {
  readonly label: string;
  /** Case-insensitive, unanchored, without nested repetition: matching is linear in the input. */
  readonly pattern: RegExp;
  /** Common in honest inputs too, so that it alone weighs less. */
  readonly weak: boolean;
}

const strong = (label: string, pattern: RegExp): InjectionPattern => ({ label, pattern, weak: false });
const weak = (label: string, pattern: RegExp): InjectionPattern => ({ label, pattern, weak: true });

/** The 18 patterns of the Python package, in its order. */
export const INJECTION_PATTERNS: readonly InjectionPattern[] = [
  strong("ignore_instructions", /ignore\s+(?:all\s+)?(?:previous|prior|above|earlier)\s+instructions?/i),
  strong("disregard_instructions", /disregard\s+(?:all\s+)?(?:previous|prior|above)\s+instructions?/i),
  strong("forget_instructions", /forget\s+(?:all\s+)?(?:previous|prior|above)\s+instructions?/i),
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

/** Labels that alone make no more than a MEDIUM signal. */
export const WEAK_LABELS: ReadonlySet<string> = new Set(
  INJECTION_PATTERNS.filter((pattern) => pattern.weak).map((pattern) => pattern.label),
);
