package io.purser.agent.template.function;

import org.jspecify.annotations.Nullable;

/** Functions of one theme. A group is stateless; it is loaded when the first of its functions is looked up. */
interface FunctionGroup {

    /** One signature a line; see {@link Signature#parse}. */
    String signatures();

    /**
     * Calls one of them.
     *
     * @throws io.purser.agent.template.value.FunctionException if it cannot do what it was asked
     */
    @Nullable
    Object call(String name, Arguments arguments, Session session);
}
