const esmOnly = [
  'cookie',
  'jose',
  'canonicalize',
  'fastify-type-provider-zod',
  '@fastify/error',
  'fast-check',
  'temporal-polyfill',
  'temporal-utils',
];

const shared = {
  testEnvironment: 'node',
  transform: {
    '\\.[jt]s$': [
      '@swc/jest',
      {
        jsc: { target: 'es2023', parser: { syntax: 'typescript' } },
        module: { type: 'commonjs' },
        sourceMaps: 'inline',
      },
    ],
  },
  // Looked up in the sandbox of a test file, each of these costs a call out of it: the hunt spends a seventh of its
  // time so. `Date` is not among them: tests may set the clock.
  sandboxInjectedGlobals: [
    ...['Array', 'BigInt', 'Boolean', 'Error', 'Intl', 'JSON', 'Map', 'Math', 'Number', 'Object', 'Promise'],
    ...['RangeError', 'Set', 'String', 'Symbol', 'TypeError', 'WeakMap'],
  ],
  // It exports itself for `import` only.
  moduleNameMapper: { '^canonicalize$': '<rootDir>/node_modules/canonicalize/lib/canonicalize.js' },
  transformIgnorePatterns: [`/node_modules/(?!(${esmOnly.join('|')})/)`, '<rootDir>/dist/'],
};

const ring = (name) => ({ ...shared, displayName: name, testMatch: [`<rootDir>/test/${name}/**/*.test.ts`] });

export default {
  testTimeout: 300_000,
  projects: [ring('core'), ring('api'), ring('repository'), ring('replay'), ring('server')],
};
