import { attachmentName } from '#activities/email/attachment-name.ts';

const nameOf = (given: string) => attachmentName(given, 'text/plain', 1);

describe('the name of an attachment', () => {
  it('is what the sender wrote, also where the program sent bare UTF-8', () => {
    expect(nameOf(Buffer.from('Rechnung für März.pdf').toString('latin1'))).toBe('Rechnung für März.pdf');
    expect(nameOf(Buffer.from('見積書.pdf').toString('latin1'))).toBe('見積書.pdf');
    expect(nameOf('Rechnung für März.pdf')).toBe('Rechnung für März.pdf');
    expect(nameOf('見積書.pdf')).toBe('見積書.pdf');
  });

  it('hides no extension behind marks of direction, however they were sent', () => {
    expect(nameOf('\u202egpj.exe')).toBe('gpj.exe');
    expect(nameOf(Buffer.from('\u202egpj.exe').toString('latin1'))).toBe('gpj.exe');
  });

  it('names no folder and no hidden file', () => {
    for (const given of ['../../etc/passwd', '..\\..\\passwd', '/passwd', '.passwd', 'C:\\Users\\passwd']) expect(nameOf(given)).toBe('passwd');
  });
});
