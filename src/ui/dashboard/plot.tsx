/** A plot for the eye alone: the same numbers stand in a table beside it. The library comes with the first plot. */
import 'uplot/dist/uPlot.min.css';
import { useEffect, useRef } from 'preact/hooks';

export interface PlotLine {
  readonly name: string;
  /** A colour of theme.css. */
  readonly colour: '--calm' | '--soon' | '--late';
  /** In yuan, one for each of `xs`; null where nothing is known: no line is no zero. */
  readonly ys: readonly (number | null)[];
}

interface PlotProps {
  readonly label: string;
  readonly xs: readonly number[];
  readonly lines: readonly PlotLine[];
  readonly isBars?: boolean;
  readonly nameX: (x: number) => string;
  /** What stands along each axis. */
  readonly axisX: string;
  readonly axisY: string;
}

const HEIGHT = 240;

export function Plot({ label, xs, lines, isBars = false, nameX, axisX, axisY }: PlotProps) {
  const box = useRef<HTMLDivElement>(null);
  const key = JSON.stringify([xs, lines, isBars, xs.map(nameX), axisX, axisY]);
  useEffect(() => {
    const { current } = box;
    if (!current) return;
    let drawn: { destroy(): void } | undefined;
    let isOver = false;
    const draw = async (): Promise<void> => {
      const { default: Uplot } = await import('uplot');
      drawn?.destroy();
      if (isOver) return;
      const ink = colourOf(current, '--soft');
      const line = colourOf(current, '--line');
      const { fontFamily } = getComputedStyle(current);
      const axis = {
        stroke: ink,
        grid: { stroke: line, width: 1 },
        ticks: { stroke: line, width: 1 },
        font: `12px ${fontFamily}`,
        labelFont: `12px ${fontFamily}`,
        labelSize: 22,
      };
      const bars = isBars ? Uplot.paths.bars?.({ size: [0.6, 60] }) : undefined;
      const [first = 0, last = 0] = [xs[0], xs.at(-1)];
      drawn = new Uplot(
        {
          width: Math.max(200, current.clientWidth),
          height: HEIGHT,
          cursor: { show: false },
          legend: { show: false },
          scales: {
            x: { time: false, ...(isBars ? { range: [first - 0.5, last + 0.5] } : {}) },
            y: { range: (_plot, _least, most) => [0, Math.max(0.01, most * 1.1)] },
          },
          axes: [
            {
              ...axis,
              label: axisX,
              size: 32,
              values: (_plot, splits) => splits.map((x) => (xs.includes(x) || !isBars ? nameX(x) : '')),
              ...(isBars ? { splits: () => [...xs] } : {}),
            },
            {
              ...axis,
              label: axisY,
              // As wide as its longest figure: at 12 px a digit takes 7.
              size: (_plot, figures) => 16 + 7 * Math.max(5, ...(figures ?? []).map(({ length }) => length)),
              values: (_plot, splits) => splits.map((y) => y.toLocaleString()),
            },
          ],
          series: [
            {},
            ...lines.map(({ name, colour }) => {
              const stroke = colourOf(current, colour);
              return {
                label: name,
                stroke,
                width: 2,
                ...(bars ? { fill: stroke, paths: bars } : {}),
                points: { show: false },
              };
            }),
          ],
        },
        [[...xs], ...lines.map(({ ys }) => [...ys])],
        current,
      );
    };
    // The table says it all: a plot that cannot be drawn is only missed by the eye.
    const again = (): void => void draw().catch(() => undefined);
    const scheme = matchMedia('(prefers-color-scheme: dark)');
    scheme.addEventListener('change', again);
    // Its first word comes at once. Out of sight there is no width to draw in.
    const size = new ResizeObserver(() => current.clientWidth > 0 && again());
    size.observe(current);
    return () => {
      isOver = true;
      drawn?.destroy();
      scheme.removeEventListener('change', again);
      size.disconnect();
    };
  }, [key]);
  return (
    <figure class="plot">
      <div ref={box} role="img" aria-label={label} style={{ minHeight: `${HEIGHT}px` }} />
      {lines.length > 1 && (
        <figcaption class="quiet">
          {lines.map(({ name, colour }) => (
            <span key={name} style={{ color: `var(${colour})` }}>
              ━ {name}
            </span>
          ))}
        </figcaption>
      )}
    </figure>
  );
}

/** A canvas does not know `light-dark()`: the browser is asked what it makes of it here and now. */
function colourOf(near: HTMLElement, name: string): string {
  const probe = document.createElement('span');
  probe.style.color = `var(${name})`;
  near.append(probe);
  const { color } = getComputedStyle(probe);
  probe.remove();
  return color;
}
