export {
  type Request as Input,
  type Response as Output,
  request as input,
  response as output,
} from '../../shared/http/request.ts';
