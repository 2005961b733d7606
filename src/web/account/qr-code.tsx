// A QR code, drawn from its modules: dark on light whatever the theme, as cameras want it, with the quiet zone of its standard.
import type { ReactNode } from 'react';
import style from './account.module.css';

/** Modules of light around it (ISO/IEC 18004 §6.3.8). */
const QUIET = 4;

/** `modules`: rows from the top, true is dark. */
export function QrCode({ modules, label }: { modules: boolean[][]; label: string }): ReactNode {
  const size = modules.length + 2 * QUIET;
  const path = modules
    .flatMap((row, y) => row.map((dark, x) => (dark ? `M${x + QUIET} ${y + QUIET}h1v1h-1z` : '')))
    .join('');
  return (
    <svg className={style.qr} viewBox={`0 0 ${size} ${size}`} role="img" aria-label={label}>
      <rect width={size} height={size} fill="#ffffff" />
      <path d={path} fill="#000000" shapeRendering="crispEdges" />
    </svg>
  );
}
