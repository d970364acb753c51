package io.purser.agent.template.value;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A value with methods that a template can call. */
public interface Methods {

    /** The signature of the method, for example {@code Get(key string) any}; null if there is none of that name. */
    @Nullable
    String signature(String method);

    /** Calls it with arguments that fit the signature. */
    @Nullable
    Object invoke(String method, List<@Nullable Object> arguments);

    /** The Go type with its star, as messages and {@code %T} print it. */
    String goType();

    /** What Go's String method gives, or null if it has none. */
    default @Nullable String string() {
        return null;
    }

    /** What Go's MarshalText gives; the same as {@link #string} unless the type says otherwise. */
    default @Nullable String marshalled() {
        return string();
    }
}
