/**
 * Photos that are not handed in yet, kept in IndexedDB so that a reload, a call or an empty battery loses none. `owner` tells
 * whose they are: the report being written, a certain check task. Where IndexedDB is forbidden photos live as long as the page.
 */
export interface KeptPhoto {
  readonly id: string;
  readonly owner: string;
  readonly blob: Blob;
  /** Whether the server has it. */
  readonly sent: boolean;
  /** Order in which they were taken. */
  readonly at: number;
}

const name = 'jingwei-photos';
let opening: Promise<IDBDatabase> | null = null;

function open(): Promise<IDBDatabase> {
  opening ??= new Promise((resolve, reject) => {
    const request = indexedDB.open(name, 1);
    request.onupgradeneeded = () => {
      request.result.createObjectStore('photos', { keyPath: 'id' }).createIndex('owner', 'owner');
    };
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error('IndexedDB'));
    request.onblocked = () => reject(new Error('IndexedDB is blocked'));
  });
  return opening;
}

function run<T>(mode: IDBTransactionMode, ask: (store: IDBObjectStore) => IDBRequest<T>): Promise<T> {
  return open().then(
    database =>
      new Promise((resolve, reject) => {
        const transaction = database.transaction('photos', mode);
        const request = ask(transaction.objectStore('photos'));
        transaction.oncomplete = () => resolve(request.result);
        transaction.onabort = () => reject(transaction.error ?? new Error('IndexedDB'));
      }),
  );
}

/** Photos of one owner in the order in which they were taken; none when nothing can be kept here. */
export async function listKept(owner: string): Promise<readonly KeptPhoto[]> {
  try {
    const found = await run('readonly', store => store.index('owner').getAll(owner) as IDBRequest<KeptPhoto[]>);
    return found.sort((a, b) => a.at - b.at);
  } catch {
    return [];
  }
}

/** Keeps a photo, or what changed about it. Returns whether it was kept. */
export async function keepPhoto(photo: KeptPhoto): Promise<boolean> {
  try {
    await run('readwrite', store => store.put(photo));
    return true;
  } catch {
    return false;
  }
}

export async function dropPhotos(ids: readonly string[]): Promise<void> {
  for (const id of ids) {
    try {
      await run('readwrite', store => store.delete(id));
    } catch {
      // Was not kept.
    }
  }
}
