import { NotTraceable } from '../graph';
import type { Binding, OperationAttribute } from './binding';
import type { Constant } from './trace';

/** A message of tfjs-node's own protocol buffers (dist/proto/api_pb.js). */
interface Message {
  serializeBinary(): Uint8Array;
  [setter: `set${string}` | `add${string}`]: (value: unknown) => void;
}
type MessageType = new () => Message;

export interface Protocol {
  AttrValue: MessageType & { ListValue: MessageType };
  GraphDef: MessageType;
  MetaGraphDef: MessageType & { MetaInfoDef: MessageType };
  NodeDef: MessageType;
  SavedModel: MessageType;
  Tensor: MessageType;
  TensorShape: MessageType & { Dim: MessageType };
  VersionDef: MessageType;
}

/** An attribute of a node: setter of AttrValue and value. */
export type Attribute = readonly ['S' | 'I' | 'F' | 'B' | 'Type' | 'Shape' | 'Tensor' | 'List', unknown];

/** Graph version that TensorFlow 2.9 and later load. */
const PRODUCER = 1087;
const TAG = 'serve';

/** Builds a graph node by node; the result is a SavedModel, the only format that the binding loads. */
export class GraphWriter {
  private readonly graph: Message;

  constructor(private readonly protocol: Protocol) {
    this.graph = new protocol.GraphDef();
  }

  node(
    name: string,
    operation: string,
    inputs: readonly string[],
    attributes: Record<string, Attribute>,
  ): string {
    const node = new this.protocol.NodeDef() as Message & { getAttrMap(): Map<string, Message> };
    node.setName!(name);
    node.setOp!(operation);
    node.setInputList!([...inputs]);
    for (const [key, value] of Object.entries(attributes)) node.getAttrMap().set(key, this.attribute(value));
    this.graph.addNode!(node);
    return name;
  }

  shape(lengths: readonly number[]): Message {
    const shape = new this.protocol.TensorShape();
    for (const length of lengths) {
      const dimension = new this.protocol.TensorShape.Dim();
      dimension.setSize!(length);
      shape.addDim!(dimension);
    }
    return shape;
  }

  constant(name: string, { dtype, shape, values }: Constant): string {
    const tensor = new this.protocol.Tensor();
    tensor.setDtype!(dtype);
    tensor.setTensorShape!(this.shape(shape));
    tensor.setTensorContent!(new Uint8Array(values.buffer, values.byteOffset, values.byteLength));
    return this.node(name, 'Const', [], { dtype: ['Type', dtype], value: ['Tensor', tensor] });
  }

  /** An attribute in the form of the binding's eager operations. */
  translate(binding: Binding, { name, type, value }: OperationAttribute): Attribute {
    const setters = new Map<number, Attribute[0]>([
      [binding.TF_ATTR_STRING, 'S'],
      [binding.TF_ATTR_INT, 'I'],
      [binding.TF_ATTR_FLOAT, 'F'],
      [binding.TF_ATTR_BOOL, 'B'],
      [binding.TF_ATTR_TYPE, 'Type'],
    ]);
    if (type === binding.TF_ATTR_SHAPE) return ['Shape', this.shape(value as number[])];
    const setter = setters.get(type);
    if (setter === undefined)
      throw new NotTraceable(`The attribute ${name} is of a kind that graphs do not take.`);
    if (!Array.isArray(value)) return [setter, setter === 'S' ? Buffer.from(String(value)) : value];
    const list = new this.protocol.AttrValue.ListValue();
    for (const one of value) list[`add${setter}`]!(one);
    return ['List', list];
  }

  /** Bytes of saved_model.pb, and its tag. */
  finish(): { bytes: Uint8Array; tag: string } {
    const version = new this.protocol.VersionDef();
    version.setProducer!(PRODUCER);
    this.graph.setVersions!(version);
    const about = new this.protocol.MetaGraphDef.MetaInfoDef();
    about.addTags!(TAG);
    const meta = new this.protocol.MetaGraphDef();
    meta.setMetaInfoDef!(about);
    meta.setGraphDef!(this.graph);
    const model = new this.protocol.SavedModel();
    model.setSavedModelSchemaVersion!(1);
    model.addMetaGraphs!(meta);
    return { bytes: model.serializeBinary(), tag: TAG };
  }

  private attribute([setter, value]: Attribute): Message {
    const attribute = new this.protocol.AttrValue();
    attribute[`set${setter}`]!(value);
    return attribute;
  }
}
