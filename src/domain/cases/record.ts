/**
 * [Note: The chained record]
 *
 * Every step of a case is appended with the hash of the step before it, so that a changed, removed or inserted step shows.
 * The chain holds *digests* of the free text and of the files, never the words themselves: when the law demands that a text be
 * erased (PIPL art. 47), the text and its salt go and the chain stays whole. The salt keeps a short note from being guessed
 * from its digest.
 *
 * Canonical form, version 1: the UTF-8 bytes of a JSON array without spaces,
 *   ["jingwei.step.1", caseId, seq, action, from, to, actor, post, unit, at, noteDigest, [attachmentDigest…], prevHash]
 * where `from`, `actor`, `post`, `unit`, `noteDigest` and (in the first step) `prevHash` may be null, `at` is epoch
 * milliseconds, attachment digests are in the order given, and digests are lower-case hex.
 *   noteDigest = SHA-256( salt ‖ 0x0A ‖ note )   both as UTF-8
 *   hash       = SHA-256( canonical form )
 * `JSON.stringify` over strings, integers and null is deterministic (ECMA-262 25.5.2), so no further rule is needed.
 */
export interface StepToChain {
  readonly caseId: string;
  readonly seq: number;
  readonly action: string;
  readonly from: string | null;
  readonly to: string;
  readonly actor: string | null;
  readonly post: string | null;
  readonly unit: string | null;
  /** Epoch milliseconds. */
  readonly at: number;
  readonly noteDigest: string | null;
  readonly attachmentDigests: readonly string[];
  readonly prevHash: string | null;
}

export function canonicalStep(step: StepToChain): string {
  return JSON.stringify([
    'jingwei.step.1',
    step.caseId,
    step.seq,
    step.action,
    step.from,
    step.to,
    step.actor,
    step.post,
    step.unit,
    step.at,
    step.noteDigest,
    step.attachmentDigests,
    step.prevHash,
  ]);
}

/** What is hashed for a note's digest. */
export const saltedNote = (salt: string, note: string): string => `${salt}\n${note}`;

export type BrokenLink =
  | { readonly seq: number; readonly reason: 'hash' | 'previous' | 'sequence' | 'note' }
  | { readonly seq: number; readonly reason: 'head' };

export interface StoredStep extends StepToChain {
  readonly hash: string;
  /** The note and its salt as stored; both null when there was none or when it was erased. */
  readonly note: string | null;
  readonly noteSalt: string | null;
}

/**
 * Re-computes a case's chain and names the first broken link, or null when it holds. `sha256` is passed in (hex of the UTF-8
 * bytes); `head` is the sequence and hash that the case itself carries, so that a removed last step shows too.
 */
export function findBrokenLink(
  steps: readonly StoredStep[],
  head: { readonly seq: number; readonly hash: string },
  sha256: (text: string) => string,
): BrokenLink | null {
  let prevHash: string | null = null;
  let expected = 1;
  for (const step of steps) {
    if (step.seq !== expected) return { seq: expected, reason: 'sequence' };
    if (step.prevHash !== prevHash) return { seq: step.seq, reason: 'previous' };
    if (sha256(canonicalStep(step)) !== step.hash) return { seq: step.seq, reason: 'hash' };
    if (step.note !== null && sha256(saltedNote(step.noteSalt ?? '', step.note)) !== step.noteDigest)
      return { seq: step.seq, reason: 'note' };
    prevHash = step.hash;
    expected++;
  }
  const last = steps.at(-1);
  if (last === undefined || last.seq !== head.seq || last.hash !== head.hash) return { seq: expected, reason: 'head' };
  return null;
}
