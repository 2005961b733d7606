// Names under which files are saved: nothing in them ends the header, names a folder or hides what the file is.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { dispositionOf } from './attachment.ts';

it('keeps a name, in every alphabet', () => {
  expect(dispositionOf('Rapport d’août (2).pdf')).toBe(
    `attachment; filename="Rapport d_ao_t (2).pdf"; filename*=UTF-8''Rapport%20d%E2%80%99ao%C3%BBt%20%282%29.pdf`,
  );
});

it('takes out what would deceive', () => {
  expect(dispositionOf('photo\u202egpj.exe')).toContain('filename="photogpj.exe"');
  expect(dispositionOf('../../etc/passwd')).toContain('filename="_.._etc_passwd"');
  expect(dispositionOf('C:\\a\\b.txt')).toContain('filename="C__a_b.txt"');
  expect(dispositionOf('a"; filename="b.html')).toContain('filename="a__ filename=_b.html"');
  expect(dispositionOf('…')).toMatch(/^attachment; /);
  expect(dispositionOf('\r\n..')).toContain('filename="file"');
});

it('is a header whatever the name', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (name) => {
      const header = dispositionOf(name);
      expect(header).toMatch(/^attachment; filename="[^"\r\n\\/]+"; filename\*=UTF-8''[A-Za-z0-9%._~-]+$/);
      expect(() => new Headers({ 'Content-Disposition': header })).not.toThrow();
    }),
  );
});
