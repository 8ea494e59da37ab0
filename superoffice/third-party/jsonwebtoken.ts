// The build replaces the compiled form of this file by one that carries jsonwebtoken in it: n8n takes no packages
// with dependencies. Only the verifying half is wanted.
import verify from 'jsonwebtoken/verify';

export { verify };
