"use strict";
// Marks each box that is wider than its place, so that the style sheet can say that there is more to the side.
{
  const boxes = document.querySelectorAll(".scroll");
  // All are read before any is marked: reading after a mark lays out the whole page again.
  const mark = () => {
    const wide = [...boxes].map(box => box.scrollWidth > box.clientWidth + 1);
    boxes.forEach((box, at) => box.classList.toggle("overflows", wide[at]));
  };
  const seen = new ResizeObserver(mark);
  boxes.forEach(box => seen.observe(box));
  mark();
}
