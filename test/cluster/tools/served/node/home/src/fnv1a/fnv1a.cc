// By V8's own interface: it is of one release of Node, unlike Node-API.
#include <node.h>

static void Fnv1a(const v8::FunctionCallbackInfo<v8::Value> &args) {
  v8::String::Utf8Value text(args.GetIsolate(), args[0]);
  uint32_t sum = 2166136261u;
  for (int i = 0; i < text.length(); i++) sum = (sum ^ (unsigned char)(*text)[i]) * 16777619u;
  args.GetReturnValue().Set(sum);
}

static void Initialize(v8::Local<v8::Object> exports) { NODE_SET_METHOD(exports, "fnv1a", Fnv1a); }
NODE_MODULE(NODE_GYP_MODULE_NAME, Initialize)
