/**
 * A 52-bit digest of a text, to recognise equal lines without keeping them. Two multiplicative hashes of 32 and 20 bits;
 * not for secrets: whoever knows the text can make another with the same digest.
 */
export function digestOf(text: string): number {
  let high = 0x811c9dc5;
  let low = 0x9e3779b9;
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    high = Math.imul(high ^ unit, 0x01000193);
    low = Math.imul(low ^ unit, 0x85ebca6b);
    low ^= low >>> 15;
  }
  high = Math.imul(high ^ (low >>> 13), 0xc2b2ae35);
  return (high >>> 0) * 0x100000 + ((low ^ (high >>> 16)) & 0xfffff);
}
