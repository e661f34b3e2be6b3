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
  // It exports itself for `import` only.
  moduleNameMapper: { '^canonicalize$': '<rootDir>/node_modules/canonicalize/lib/canonicalize.js' },
  transformIgnorePatterns: [`/node_modules/(?!(${esmOnly.join('|')})/)`, '<rootDir>/dist/'],
};

const ring = (name) => ({ ...shared, displayName: name, testMatch: [`<rootDir>/test/${name}/**/*.test.ts`] });

export default {
  testTimeout: 300_000,
  projects: [ring('core'), ring('api'), ring('repository'), ring('replay'), ring('server')],
};
