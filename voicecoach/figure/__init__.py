"""The body that is drawn: poses and time to points, points to strokes, strokes to SVG or cells. Pure."""
