"""What both web faces share: the look, the frame of a page, and the guards every request passes."""
