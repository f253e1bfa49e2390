import type { Scene } from './scene.ts';

/** A scene as an SVG: one self-contained file, which loads nothing. @param title what it shows, for who cannot see it */
export function svgOf({ width, height, palette, rects }: Scene, title: string): string {
  const paths = palette.map((colour, index) => {
    const drawn = rects.filter((rect) => rect.colour === index);
    const path = drawn.map((rect) => `M${rect.x} ${rect.y}h${rect.width}v${rect.height}h-${rect.width}z`).join('');
    return path && `<path fill="${colour}" d="${path}"/>\n`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img">
<title>${title.replaceAll('&', '&amp;').replaceAll('<', '&lt;')}</title>
<rect width="${width}" height="${height}" fill="${palette[0]}"/>
${paths.join('')}</svg>
`;
}
