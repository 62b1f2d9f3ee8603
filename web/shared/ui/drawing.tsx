import { memo } from 'react';
import { type Kind, kindOf } from './drawing-kind.ts';

/** A dish that is no pizza, as a sketch of its kind. */
export const Drawing = memo(function Drawing({ category, name }: { category: string; name: string }) {
  return (
    <svg className="drawing" viewBox="-108 -108 216 216" aria-hidden="true">
      {sketches[kindOf(category, name)]}
    </svg>
  );
});

const plate = (
  <>
    <ellipse cy="8" rx="98" ry="96" fill="#000" opacity=".12" />
    <circle r="96" fill="#fbf7ee" stroke="#e2d8c6" strokeWidth="2" />
    <circle r="70" fill="#f4eee1" />
  </>
);

const sketches: Readonly<Record<Kind, React.ReactNode>> = {
  salad: (
    <>
      {plate}
      <circle r="76" fill="#dfe6c4" />
      {[0, 52, 103, 154, 206, 257, 309].map((turn) => (
        <g key={turn} transform={`rotate(${turn}) translate(0 -38)`}>
          <path d="M0-36C26-30 30 6 2 34-30 10-28-28 0-36Z" fill={turn % 2 ? '#5f9a45' : '#7cb256'} />
          <path d="M0-30Q4 0 1 30M0-12 12-20M1 6 14-2M0-8-12-15M1 12-11 4" stroke="#cfe3ae" strokeWidth="2" fill="none" />
        </g>
      ))}
      <circle cx="-22" cy="-16" r="13" fill="#d8412f" />
      <circle cx="30" cy="14" r="14" fill="#d8412f" />
      <circle cx="-8" cy="36" r="12" fill="#d8412f" />
      <path d="M-48 22Q-36 2-18 10M16-44Q34-50 42-30" stroke="#b86a93" strokeWidth="5" fill="none" strokeLinecap="round" />
      <circle cx="4" cy="-46" r="7" fill="none" stroke="#3b3144" strokeWidth="6" />
      <circle cx="52" cy="-14" r="7" fill="none" stroke="#3b3144" strokeWidth="6" />
    </>
  ),
  bread: (
    <>
      {plate}
      {[-44, -14, 16, 46].map((y, i) => (
        <g key={y} transform={`translate(${i % 2 ? 6 : -6} ${y}) rotate(${i % 2 ? 4 : -5})`}>
          <path d="M-62 10Q-66-16-30-18L36-18Q66-16 62 8 40 20-62 10Z" fill="#c98a42" />
          <path d="M-54 4Q-56-11-28-12L34-12Q54-11 52 3 30 11-54 4Z" fill="#f1d08c" />
          <path d="M-30-4-22-8M-6 1 4-4M18-6 28-2M36 2 42-2M-42 2-36-2" stroke="#5d8a43" strokeWidth="3.5" strokeLinecap="round" />
        </g>
      ))}
    </>
  ),
  bowl: (
    <>
      {plate}
      <circle r="74" fill="#a33a2a" />
      <circle r="64" fill="#7d2a1f" />
      {Array.from({ length: 14 }, (_, i) => {
        const [x, y] = [Math.cos(i * 2.4) * 47 * Math.sqrt((i + 0.5) / 14), Math.sin(i * 2.4) * 47 * Math.sqrt((i + 0.5) / 14)];
        return <ellipse key={i} cx={x} cy={y} rx="15" ry="11" transform={`rotate(${i * 47} ${x} ${y})`} fill={['#e2b04e', '#d59a3a', '#edc56b'][i % 3]} stroke="#a9722a" strokeWidth="1.5" />;
      })}
      <path d="M-34-10 -18-20M-8 28 10 22M24-26 34-12" stroke="#557a3e" strokeWidth="3.5" strokeLinecap="round" />
    </>
  ),
  olives: (
    <>
      {plate}
      <circle r="72" fill="#d9cfae" />
      {Array.from({ length: 17 }, (_, i) => {
        const far = 56 * Math.sqrt((i + 0.4) / 17);
        return (
          <g key={i} transform={`translate(${Math.cos(i * 2.4) * far} ${Math.sin(i * 2.4) * far}) rotate(${i * 53})`}>
            <ellipse rx="13" ry="10.5" fill={i % 3 ? '#7d8b3c' : '#493a4a'} />
            <ellipse cx="-4" cy="-4" rx="4" ry="2.4" fill="#fff" opacity=".35" />
          </g>
        );
      })}
    </>
  ),
  dessert: (
    <>
      {plate}
      <path d="M-54 34-50-28Q0-46 52-28L56 34Q0 52-54 34Z" fill="#f2dfbb" />
      <path d="M-53 14Q0 30 54 14L54 0Q0 16-52 0Z" fill="#8b5a35" />
      <path d="M-50-28Q0-46 52-28 56-22 52-16 0 4-51-16-56-22-50-28Z" fill="#5d3820" />
      <path d="M-30-24 -24-22M-6-30 0-28M20-24 27-26M-14-16-8-14M10-14 17-16M34-20 38-18" stroke="#a77848" strokeWidth="3" strokeLinecap="round" />
      <path d="M-10-34Q2-62 26-50 20-30-10-34Z" fill="#5d9a55" />
      <path d="M-8-35Q8-46 24-49" stroke="#bcd9a4" strokeWidth="1.6" fill="none" />
    </>
  ),
  cream: (
    <>
      {plate}
      <path d="M-58 26Q-44-2-36-34-34-46 0-46 34-46 36-34 44-2 58 26 40 48 0 48-40 48-58 26Z" fill="#fff8ea" />
      <path d="M-36-34Q-20-46 0-46 34-46 36-34 40-18 46-4 32 8 24-8 16-22 8 4-2 26-12-2-18-22-30-2-40 8-46-6-40-20-36-34Z" fill="#c3342b" />
      <ellipse cy="-36" rx="33" ry="8" fill="#d8493c" />
      <path d="M-6-38Q4-66 30-56 24-36-6-38Z" fill="#5d9a55" />
    </>
  ),
  gelato: (
    <>
      <ellipse cy="92" rx="34" ry="7" fill="#000" opacity=".14" />
      <path d="M-46-6H46L4 90Q0 96-4 90Z" fill="#e0a75a" />
      <path d="M-38 12 18 56M-22-6 30 34M2-6 40 18M38 12-18 56M22-6-30 34M-2-6-40 18" stroke="#b67a34" strokeWidth="2.5" />
      <circle cx="-22" cy="-30" r="34" fill="#f6e3b5" />
      <circle cx="24" cy="-30" r="34" fill="#d9707f" />
      <circle cx="0" cy="-62" r="34" fill="#8fb573" />
      <path d="M-54-8Q-44 6-30-4-18 8-4-2 10 8 24-2 40 8 56-10 30-22 0-20-30-22-54-8Z" fill="#f6e3b5" />
      <circle cx="-12" cy="-74" r="8" fill="#fff" opacity=".4" />
    </>
  ),
  bottle: (
    <>
      <ellipse cy="98" rx="40" ry="7" fill="#000" opacity=".14" />
      <path d="M-12-100H12V-62Q12-44 26-30 34-20 34-4V84Q34 98 20 98H-20Q-34 98-34 84V-4Q-34-20-26-30-12-44-12-62Z" fill="#2f6b4b" />
      <path d="M-14-104H14V-86H-14Z" fill="#c9a24b" />
      <path d="M-34 4H34V62H-34Z" fill="#fbf3df" />
      <circle cy="33" r="17" fill="#c8402b" />
      <path d="M-26-2Q-26-18-18-28" stroke="#fff" strokeWidth="5" opacity=".35" fill="none" strokeLinecap="round" />
    </>
  ),
  glass: (
    <>
      <ellipse cy="98" rx="40" ry="7" fill="#000" opacity=".14" />
      <path d="M-44-80H44L34 92Q33 98 26 98H-26Q-33 98-34 92Z" fill="#dbe8ea" opacity=".75" />
      <path d="M-41-40H41L33 86Q32 92 26 92H-26Q-32 92-33 86Z" fill="#d9822b" />
      <path d="M-30-34-6-46 8-22-16-10ZM4-24 28-34 36-10 14-2Z" fill="#fff" opacity=".45" />
      <path d="M20-106 2 40" stroke="#c8402b" strokeWidth="6" strokeLinecap="round" />
      <circle cx="38" cy="-74" r="23" fill="#f3c94a" stroke="#d49b1e" strokeWidth="3" />
      <path d="M38-92V-56M20-74H56M25-87 51-61M51-87 25-61" stroke="#fff3c2" strokeWidth="2.5" />
    </>
  ),
  wine: (
    <>
      <ellipse cy="98" rx="38" ry="7" fill="#000" opacity=".14" />
      <path d="M-42-96H42Q50-20 6-4V80H34V92H-34V80H-6V-4Q-50-20-42-96Z" fill="#e3ebe8" opacity=".8" />
      <path d="M-43-62H43Q42-18 0-14-42-18-43-62Z" fill="#7d1f35" />
      <path d="M-32-84Q-35-52-26-34" stroke="#fff" strokeWidth="5" opacity=".6" fill="none" strokeLinecap="round" />
    </>
  ),
  beer: (
    <>
      <ellipse cy="98" rx="44" ry="7" fill="#000" opacity=".14" />
      <path d="M40-40Q74-44 74-8 74 34 38 36" fill="none" stroke="#dfe7e6" strokeWidth="13" />
      <path d="M-46-70H46L40 88Q39 98 30 98H-30Q-39 98-40 88Z" fill="#e9a92f" />
      <path d="M-26-40-23 70M0-40V72M26-40 23 70" stroke="#f6cd6c" strokeWidth="7" strokeLinecap="round" />
      <path d="M-54-62Q-58-86-36-86-30-104-8-98 10-110 28-98 52-100 52-80 60-62 42-58 38-34 30-56 10-50 0-56-30-46-54-62Z" fill="#fffaf0" />
    </>
  ),
  cup: (
    <>
      <ellipse cy="62" rx="92" ry="22" fill="#000" opacity=".1" />
      <ellipse cy="54" rx="90" ry="22" fill="#fbf7ee" stroke="#e2d8c6" strokeWidth="2" />
      <path d="M44-22Q84-24 80 6 76 30 40 28" fill="none" stroke="#fbf7ee" strokeWidth="12" />
      <path d="M-56-34H56Q54 52 0 54-54 52-56-34Z" fill="#fffdf7" stroke="#e2d8c6" strokeWidth="2" />
      <ellipse cy="-34" rx="56" ry="15" fill="#f4eee1" />
      <ellipse cy="-33" rx="48" ry="11" fill="#4a2412" />
      <path d="M-34-34Q-12-42 8-35 26-29 36-34" stroke="#b9783f" strokeWidth="5" fill="none" strokeLinecap="round" />
      <path d="M-16-62Q-28-76-14-88M14-62Q2-76 16-90" stroke="#b7a58f" strokeWidth="4" opacity=".5" fill="none" strokeLinecap="round" />
    </>
  ),
  plate: (
    <>
      {plate}
      <path d="M-30-20Q0-50 30-20 50 10 10 30-40 44-44 8-44-8-30-20Z" fill="#e3b15c" />
      <path d="M-16-8Q4-26 22-8M-24 8Q0-8 24 10" stroke="#b97d31" strokeWidth="4" fill="none" strokeLinecap="round" />
      <path d="M4-24Q22-48 40-34 30-16 4-24Z" fill="#5d9a55" />
    </>
  ),
};
