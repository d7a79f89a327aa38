/** Black or white, whichever reads better on a colour like `#4f46e5` (WCAG 2.2, contrast ratio): never below 4.5 : 1. */
export function inkOn(colour: string): '#000000' | '#ffffff' {
  return 1.05 / (luminanceOf(colour) + 0.05) >= (luminanceOf(colour) + 0.05) / 0.05 ? '#ffffff' : '#000000';
}

function luminanceOf(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
