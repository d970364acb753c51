package io.purser.agent.template.parse;

import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** The functions that the parser may let through. */
public interface KnownFunctions {

    /** Whether a template may call it. */
    boolean has(String name);

    /** For a function known elsewhere but refused here, a sentence that says why; else null. */
    @Nullable
    String refusal(String name);

    /** All names a template may call, for the nearest one to a misspelt name. */
    Collection<String> names();
}
