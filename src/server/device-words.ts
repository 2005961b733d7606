// The kind of device in the words of its browser: enough to know one's own sessions apart, too little to follow anybody.

// The order tells: Edge and Opera also say Chrome, and Chrome also says Safari.
const BROWSERS: readonly [RegExp, string][] = [
  [/\bEdg(?:e|A|iOS)?\//, 'Edge'],
  [/\bOPR\/|\bOpera\b/, 'Opera'],
  [/\bSamsungBrowser\//, 'Samsung Internet'],
  [/\bFirefox\/|\bFxiOS\//, 'Firefox'],
  [/\bChrom(?:e|ium)\/|\bCriOS\/|\bHeadlessChrome\//, 'Chrome'],
  [/\bSafari\//, 'Safari'],
];
const SYSTEMS: readonly [RegExp, string][] = [
  [/\biPhone\b|\biPod\b/, 'iPhone'],
  [/\biPad\b/, 'iPad'],
  [/\bAndroid\b/, 'Android'],
  [/\bWindows\b/, 'Windows'],
  [/\bMac ?OS\b|\bMacintosh\b/, 'macOS'],
  [/\bCrOS\b/, 'ChromeOS'],
  [/\bLinux\b|\bX11\b/, 'Linux'],
];

/** "Firefox, Linux" of a User-Agent header; null where neither browser nor system is known. No versions: they identify. */
export function deviceInWords(agent: string | undefined): string | null {
  const found = [BROWSERS, SYSTEMS].flatMap((list) => {
    const one = list.find(([pattern]) => pattern.test(agent ?? ''));
    return one ? [one[1]] : [];
  });
  return found.length > 0 ? found.join(', ') : null;
}
