/**
 * [Note: The chained record]
 *
 * Every step of a case is appended with the hash of the step before it, so that a changed, removed or inserted step shows.
 * The chain holds *digests* of the free text and of the files, never the words themselves: when the law demands that a text be
 * erased (PIPL art. 47), the text and its salt go and the chain stays whole. The salt keeps a short note from being guessed
 * from its digest.
 *
 * Canonical form, version 1: the UTF-8 bytes of a JSON array without spaces,
 *   ["jingwei.step.1", caseId, seq, action, from, to, actor, actorName, post, unit, at, noteDigest, [attachmentDigest…], prevHash]
 * where `from`, `actor`, `actorName`, `post`, `unit`, `noteDigest` and (in the first step) `prevHash` may be null, `at` is
 * epoch milliseconds, attachment digests are in the order given, and digests are lower-case hex. `actorName` is the name under
 * which a member of staff acted in office; a reporter's name is never in the record.
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
  readonly actorName: string | null;
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
    step.actorName,
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

/** What is wrong with a step: its content, its link to the one before, its place, its note, or its photos. */
export type LinkFault = 'hash' | 'previous' | 'sequence' | 'note' | 'photos';
/** What is wrong with the case beside its record: steps missing at the end, its state, or the words that were reported. */
export type FileFault = 'head' | 'state' | 'words';

export interface BrokenLink {
  readonly seq: number;
  readonly reason: LinkFault | FileFault;
}

export interface StoredStep extends StepToChain {
  readonly hash: string;
  /** The note and its salt as stored; both null when there was none or when it was erased. */
  readonly note: string | null;
  readonly noteSalt: string | null;
}

/** What the case itself says, beside its record: it must be what the record says. */
export interface StoredFile {
  readonly headSeq: number;
  readonly headHash: string;
  readonly state: string;
  /** As reported: the note of the first step. */
  readonly words: string;
  readonly photos: readonly { readonly seq: number; readonly sha256: string }[];
}

/**
 * Re-computes a case's chain and names the first broken link, or null when all holds. `sha256` is passed in (hex of the UTF-8
 * bytes). The case is compared with its record, so that a removed last step, a state that nobody led it to and exchanged
 * words or photos show too.
 */
export function findBrokenLink(
  steps: readonly StoredStep[],
  file: StoredFile,
  sha256: (text: string) => string,
): BrokenLink | null {
  let prevHash: string | null = null;
  for (const [index, step] of steps.entries()) {
    if (step.seq !== index + 1) return { seq: index + 1, reason: 'sequence' };
    const reason = faultOf(step, prevHash, file, sha256);
    if (reason !== null) return { seq: step.seq, reason };
    prevHash = step.hash;
  }
  const last = steps.at(-1);
  if (last === undefined || last.seq !== file.headSeq || last.hash !== file.headHash)
    return { seq: steps.length + 1, reason: 'head' };
  return last.to === file.state ? null : { seq: last.seq, reason: 'state' };
}

function faultOf(
  step: StoredStep,
  prevHash: string | null,
  file: StoredFile,
  sha256: (text: string) => string,
): LinkFault | FileFault | null {
  if (step.prevHash !== prevHash) return 'previous';
  if (sha256(canonicalStep(step)) !== step.hash) return 'hash';
  if (step.note !== null && sha256(saltedNote(step.noteSalt ?? '', step.note)) !== step.noteDigest) return 'note';
  // A photo may be missing: it was lawfully erased, and its digest stays here. One that is not in the record was put there.
  const foreign = file.photos.some(
    ({ seq, sha256: digest }) => seq === step.seq && !step.attachmentDigests.includes(digest),
  );
  if (foreign) return 'photos';
  // Erased words cannot be compared: of them only the digest is left.
  const erased = step.note === null && step.noteDigest !== null;
  return step.seq === 1 && !erased && file.words !== (step.note ?? '') ? 'words' : null;
}
