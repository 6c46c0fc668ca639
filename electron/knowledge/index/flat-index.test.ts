import { createFlatIndex } from './flat-index.js';
import { describeKnowledgeIndex } from './knowledge-index.conformance.js';

describeKnowledgeIndex('Comparing all vectors', (source) => Promise.resolve(createFlatIndex(source)));
