// Between Monaco's loader and Monaco: its menus and messages in Chinese; the file comes with it.
require.config({ 'vs/nls': { availableLanguages: { '*': 'zh-cn' } } });
