// @peculiar/x509 finds its algorithms by decorators, so the polyfill has to be loaded first.
import 'reflect-metadata';

export * from '@peculiar/x509';
