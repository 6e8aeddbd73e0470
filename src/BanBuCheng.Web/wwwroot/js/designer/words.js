// Studio's own words in Chinese; filled below.
(() => {})();
