/** The shop's sign: a slice of sun. */
export function Mark() {
  return (
    <svg className="mark" viewBox="0 0 44 44" width="40" height="40" aria-hidden="true">
      <circle cx="22" cy="22" r="21" fill="#d8a054" />
      <circle cx="22" cy="22" r="17.5" fill="#c8402b" />
      <circle cx="22" cy="22" r="15.5" fill="#f3cf7c" />
      <g fill="#fff8e9">
        <circle cx="15" cy="16" r="4" />
        <circle cx="28" cy="15" r="3.4" />
        <circle cx="17" cy="29" r="3.6" />
        <circle cx="30" cy="27" r="4" />
      </g>
      <path d="M19 22q4-6 9-4-1 6-9 4Z" fill="#3d7c3a" />
    </svg>
  );
}
