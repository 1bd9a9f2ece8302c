/** The two languages of the product. Chinese is the source, English is complete. */
export type Language = 'zh' | 'en';

/** One name in both languages. */
export interface Bilingual {
  readonly zh: string;
  readonly en: string;
}
