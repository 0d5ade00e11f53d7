"""The section "Målbild och färdplan" of the monthly report: what is said is pure, each format a small writer."""
