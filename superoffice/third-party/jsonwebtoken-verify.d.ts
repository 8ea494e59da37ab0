declare module 'jsonwebtoken/verify' {
	import { verify } from 'jsonwebtoken';

	export = verify;
}
