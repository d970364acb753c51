package io.purser.webhook.plan;

import io.purser.webhook.pod.JsonTree;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** An RFC 6902 patch that a pod gives for an agent container. */
final class PatchOperations {

    private final List<Map<?, ?>> operations;
    private final boolean lenient;

    private PatchOperations(List<Map<?, ?>> operations, boolean lenient) {
        this.operations = operations;
        this.lenient = lenient;
    }

    /** Why a patch cannot be used, as the end of a sentence. */
    static final class PatchException extends Exception {
        private static final long serialVersionUID = 1L;

        PatchException(String message) {
            super(message);
        }
    }

    /**
     * Reads a patch; what its operations are is looked at when they are carried out, as the peer does.
     *
     * @param lenient whether {@code replace} sets a member that is not there, and {@code copy} takes one for null, as the
     *     library of the peer (evanphx/json-patch, version 4) has it: patches in the field rely on it
     */
    static PatchOperations parse(String text, boolean lenient) throws PatchException {
        Object tree;
        try {
            tree = JsonTree.read(text);
        } catch (IOException e) {
            throw new PatchException("it is not JSON");
        }
        if (tree == null) {
            return new PatchOperations(List.of(), lenient);
        }
        List<Map<?, ?>> operations = Trees.objects(tree);
        if (!(tree instanceof List<?> list) || list.size() != operations.size()) {
            throw new PatchException("it is not a list of operations");
        }
        return new PatchOperations(operations, lenient);
    }

    /** A patched copy. */
    Map<String, Object> apply(Map<String, Object> container) throws PatchException {
        List<Object> root = new ArrayList<>(List.of(Trees.copy(container)));
        for (Map<?, ?> operation : operations) {
            apply(root, operation);
        }
        if (root.get(0) instanceof Map<?, ?> patched) {
            return Tree.copyOf(patched);
        }
        throw new PatchException("it leaves no container");
    }

    private void apply(List<Object> root, Map<?, ?> operation) throws PatchException {
        String op = Trees.text(operation, "op");
        Place place = place(root, operation, "path");
        switch (op) {
            case "add" -> place.add(value(operation));
            case "remove" -> place.remove();
            case "replace" -> place.replace(value(operation), lenient);
            case "move" -> {
                Place from = place(root, operation, "from");
                Object moved = from.remove();
                place(root, operation, "path").add(moved);
            }
            case "copy" -> {
                Object copied = place(root, operation, "from").get(lenient);
                place.add(copied == null ? null : Trees.copy(copied));
            }
            case "test" -> {
                if (!same(place.getOrNull(), operation.get("value"))) {
                    throw new PatchException("its test of " + place + " fails");
                }
            }
            default ->
                throw new PatchException(
                        op.isEmpty() ? "an operation has no op" : "there is no operation " + PodRequest.quoted(op));
        }
    }

    private static @Nullable Object value(Map<?, ?> operation) throws PatchException {
        if (!operation.containsKey("value")) {
            throw new PatchException("the operation on " + Trees.text(operation, "path") + " has no value");
        }
        Object value = operation.get("value");
        return value == null ? null : Trees.copy(value);
    }

    private static Place place(List<Object> root, Map<?, ?> operation, String member) throws PatchException {
        if (!(operation.get(member) instanceof String pointer)) {
            throw new PatchException("an operation has no " + member);
        }
        return Place.of(root, pointer);
    }

    /** Numbers are the same when their values are. */
    private static boolean same(@Nullable Object one, @Nullable Object other) {
        if (one instanceof Number && other instanceof Number) {
            return new BigDecimal(one.toString()).compareTo(new BigDecimal(other.toString())) == 0;
        }
        if (one instanceof Map<?, ?> map && other instanceof Map<?, ?> otherMap) {
            return map.keySet().equals(otherMap.keySet())
                    && map.keySet().stream().allMatch(key -> same(map.get(key), otherMap.get(key)));
        }
        if (one instanceof List<?> list && other instanceof List<?> otherList) {
            boolean equal = list.size() == otherList.size();
            for (int i = 0; equal && i < list.size(); i++) {
                equal = same(list.get(i), otherList.get(i));
            }
            return equal;
        }
        return Objects.equals(one, other);
    }
}
