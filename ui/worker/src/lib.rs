//! The browser's host of the core: a Web Worker.
