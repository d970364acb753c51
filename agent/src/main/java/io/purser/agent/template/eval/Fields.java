package io.purser.agent.template.eval;

import io.purser.agent.template.parse.Spelling;
import io.purser.agent.template.parse.TemplateException;
import io.purser.agent.template.value.GoMap;
import io.purser.agent.template.value.GoStruct;
import io.purser.agent.template.value.Methods;
import io.purser.agent.template.value.Nil;
import io.purser.agent.template.value.Values;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Follows fields, map keys and methods of a value: {@code .a.b.c}. */
final class Fields {
    private final Evaluation evaluation;
    private final Calls calls;

    Fields(Evaluation evaluation, Calls calls) {
        this.evaluation = evaluation;
        this.calls = calls;
    }

    /** Follows all names; the arguments are for the last one, if it is a method. */
    @Nullable
    Object chain(@Nullable Object receiver, List<String> names, Words words) {
        Words bare = new Words(words.offset(), List.of(words.first()), words.dot(), Piped.NOTHING);
        Object value = receiver;
        for (int i = 0; i < names.size(); i++) {
            value = field(value, names.get(i), i == names.size() - 1 ? words : bare);
        }
        return value;
    }

    private @Nullable Object field(@Nullable Object receiver, String name, Words words) {
        if (receiver == null) {
            if (evaluation.errorOnMissingKey()) {
                throw error(words, "there is no value that could have the key \"" + name + "\"");
            }
            return null;
        }
        if (receiver == Nil.INTERFACE) {
            throw error(words, "the value before ." + name + " is nil; test it with if or with first");
        }
        Methods methods = MethodTable.of(receiver);
        String signature = methods == null ? null : methods.signature(name);
        if (methods != null && signature != null) {
            return calls.method(methods, name, signature, words);
        }
        if (receiver instanceof GoMap map) {
            return key(map, name, words);
        }
        if (receiver instanceof GoStruct struct) {
            return member(struct, name, words);
        }
        throw error(words, "a " + Values.typeName(receiver) + " has no field \"" + name + "\"");
    }

    private Object key(GoMap map, String name, Words words) {
        if (words.hasArguments()) {
            throw error(words, "\"" + name + "\" is a key and takes no argument");
        }
        if (evaluation.errorOnMissingKey() && !map.has(name)) {
            List<String> keys = map.sortedKeys().stream().map(String::valueOf).toList();
            throw error(words, "the map has no key \"" + name + "\"" + Spelling.suggestion(name, keys));
        }
        return map.element(name);
    }

    private Object member(GoStruct struct, String name, Words words) {
        Map<String, @Nullable Object> fields = struct.fields();
        if (fields == null) {
            throw error(words, "the value before ." + name + " is nil; test it with if or with first");
        }
        if (!fields.containsKey(name)) {
            throw error(words, "a " + struct.type() + " has no field \"" + name + "\"" + hint(struct, name));
        }
        if (words.hasArguments()) {
            throw error(words, "the field \"" + name + "\" takes no argument");
        }
        Object value = fields.get(name);
        return value == null ? Nil.INTERFACE : value;
    }

    /** Most who miss a field of a secret forgot the data it is in. */
    private static String hint(GoStruct struct, String name) {
        Map<String, @Nullable Object> fields = struct.fields();
        Collection<String> names = fields == null ? List.of() : fields.keySet();
        String suggestion = Spelling.suggestion(name, names);
        if (suggestion.isEmpty() && fields != null && fields.get("Data") instanceof GoMap data) {
            return data.has(name)
                    ? ", did you mean .Data." + name + "?"
                    : data.get("data") instanceof GoMap inner && inner.has(name)
                            ? ", did you mean .Data.data." + name + "?"
                            : "";
        }
        return suggestion;
    }

    private TemplateException error(Words words, String reason) {
        return evaluation.error(words.first().offset(), reason);
    }
}
