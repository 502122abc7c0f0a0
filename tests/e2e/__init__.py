"""Facts about the whole: real processes, a real browser, and what people see of them."""
