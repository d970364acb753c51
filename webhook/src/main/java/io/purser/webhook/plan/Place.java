package io.purser.webhook.plan;

import io.purser.webhook.plan.PatchOperations.PatchException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A place in a tree that a JSON pointer (RFC 6901) names: a member of an object, or an element of a list. */
final class Place {

    private final Object parent;
    private final String key;
    private final String pointer;

    private Place(Object parent, String key, String pointer) {
        this.parent = parent;
        this.key = key;
        this.pointer = pointer;
    }

    /**
     * Finds a place.
     *
     * @param root a list whose one element is the tree, so that the tree itself has a place too
     * @throws PatchException when what should hold the place is not there
     */
    static Place of(List<Object> root, String pointer) throws PatchException {
        if (pointer.isEmpty()) {
            return new Place(root, "0", pointer);
        }
        if (!pointer.startsWith("/")) {
            throw new PatchException("the path " + PodRequest.quoted(pointer) + " does not begin with a slash");
        }
        String[] keys = pointer.substring(1).split("/", -1);
        Place place = new Place(root, "0", "");
        for (String key : keys) {
            Object parent = place.getOrNull();
            if (!(parent instanceof Map<?, ?>) && !(parent instanceof List<?>)) {
                throw new PatchException("there is no place for " + pointer);
            }
            place = new Place(parent, key.replace("~1", "/").replace("~0", "~"), pointer);
        }
        return place;
    }

    /** What stands there; an error when nothing does, but for a member with leniency: that is null. */
    @Nullable
    Object get(boolean lenient) throws PatchException {
        require(lenient);
        return getOrNull();
    }

    /** What stands there, or null. */
    @Nullable
    Object getOrNull() {
        if (parent instanceof Map<?, ?> map) {
            return map.get(key);
        }
        List<Object> list = list();
        int index = index(list.size());
        return index >= 0 && index < list.size() ? list.get(index) : null;
    }

    @SuppressWarnings("NullAway") // JSON has null, and a tree keeps it
    void add(@Nullable Object value) throws PatchException {
        if (parent instanceof Map<?, ?>) {
            map().put(key, value);
            return;
        }
        List<Object> list = list();
        int index = key.equals("-") ? list.size() : index(list.size());
        if (index < 0 || index > list.size()) {
            throw new PatchException("there is no place for " + pointer);
        }
        if (isRoot()) {
            list.set(0, value);
        } else {
            list.add(index, value);
        }
    }

    @SuppressWarnings("NullAway") // JSON has null, and a tree keeps it
    void replace(@Nullable Object value, boolean lenient) throws PatchException {
        require(lenient);
        if (parent instanceof Map<?, ?>) {
            map().put(key, value);
        } else {
            list().set(index(list().size()), value);
        }
    }

    @Nullable
    Object remove() throws PatchException {
        require(false);
        if (isRoot()) {
            throw new PatchException("the whole container cannot be removed");
        }
        if (parent instanceof Map<?, ?>) {
            return map().remove(key);
        }
        return list().remove(index(list().size()));
    }

    @Override
    public String toString() {
        return pointer.isEmpty() ? "the whole container" : pointer;
    }

    private boolean isRoot() {
        return pointer.isEmpty();
    }

    private void require(boolean lenient) throws PatchException {
        boolean there;
        if (parent instanceof Map<?, ?> map) {
            there = lenient || map.containsKey(key);
        } else {
            int index = index(list().size());
            there = index >= 0 && index < list().size();
        }
        if (!there) {
            throw new PatchException("there is no " + pointer);
        }
    }

    /** A negative index counts from the end, as the peer's library has it; what is no index is out of range. */
    private int index(int size) {
        if (!key.matches("-?(0|[1-9][0-9]{0,5})")) {
            return Integer.MIN_VALUE;
        }
        int index = Integer.parseInt(key);
        return index < 0 ? size + index : index;
    }

    @SuppressWarnings("unchecked") // trees are made by JsonTree and Trees.copy, with texts as keys
    private Map<String, Object> map() {
        return (Map<String, Object>) parent;
    }

    @SuppressWarnings("unchecked") // trees are made by JsonTree and Trees.copy
    private List<Object> list() {
        return (List<Object>) parent;
    }
}
