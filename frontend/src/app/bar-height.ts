/** Tell the sheet how high the bar at the foot is: what the app says about itself sticks above all of it. */
export function measureBar(app: HTMLElement): void {
  const measured = new ResizeObserver(([entry]) => {
    const height = entry?.borderBoxSize[0]?.blockSize ?? 0;
    document.documentElement.style.setProperty('--bar', `${height}px`);
  });
  const look = () => {
    measured.disconnect();
    const bar = app.querySelector(':scope > .bar');
    if (bar) measured.observe(bar);
  };
  new MutationObserver(look).observe(app, { childList: true });
}
