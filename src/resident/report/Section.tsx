import type { ReactNode } from 'react';

interface SectionProps {
  readonly number: number;
  readonly id: string;
  readonly title: string;
  readonly wrong?: boolean;
  readonly children: ReactNode;
}

/** One question of the page, numbered. */
export function Section({ number, id, title, wrong = false, children }: SectionProps) {
  return (
    <section className={`card section ${wrong ? 'section-wrong' : ''}`} data-part={id} aria-labelledby={`${id}-title`}>
      <h2 id={`${id}-title`}>
        <span className="section-number" aria-hidden="true">
          {number}
        </span>
        {title}
      </h2>
      {children}
    </section>
  );
}
