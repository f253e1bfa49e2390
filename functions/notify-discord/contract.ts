export {
  type Batch as Input,
  batch as input,
  type Kept as Output,
  kept as output,
} from '../../shared/channels/delivered.ts';
