"use strict";
// Marks each box that is wider than its place, so that the style sheet can say that there is more to the side.
{
  const boxes = document.querySelectorAll(".scroll");
  const mark = () => boxes.forEach(box => box.classList.toggle("overflows", box.scrollWidth > box.clientWidth + 1));
  const seen = new ResizeObserver(mark);
  boxes.forEach(box => seen.observe(box));
  mark();
}
