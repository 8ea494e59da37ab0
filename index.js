// The protocol library for plain Node.js programs. n8n does not load this file: it reads the `n8n` key of package.json.
module.exports = require('./dist/superoffice');
