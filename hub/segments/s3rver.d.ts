/** The parts of s3rver (a development server without types of its own) that tests use. */
declare module 's3rver' {
  export default class S3rver {
    constructor(options: {
      readonly address: string;
      readonly port: number;
      readonly silent: boolean;
      readonly directory: string;
      readonly configureBuckets: readonly { readonly name: string; readonly configs: readonly [] }[];
    });
    run(): Promise<unknown>;
    close(): Promise<void>;
  }
}
