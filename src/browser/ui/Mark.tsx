/** The mark: two threads of warp and two of weft, over and under each other. */
export function Mark() {
  return (
    <svg className="jw-mark" viewBox="0 0 32 32" aria-hidden="true" focusable="false" fill="none" strokeWidth="3.6">
      <path
        d="M11 4v4.5M11 13.5V28M21 4v14.5M21 23.5V28"
        stroke="currentColor"
        strokeOpacity=".62"
        strokeLinecap="round"
      />
      <path d="M4 11h14.5M23.5 11H28M4 21h4.5M13.5 21H28" stroke="currentColor" strokeLinecap="round" />
    </svg>
  );
}
