package dev.vloop.vthreads;

import dev.vloop.Chain;
import dev.vloop.Iteration;
import dev.vloop.LoopInterceptor;
import java.util.List;

/** One link of a chain of interceptors around code. Used by the worker's thread only; others are refused. */
final class InterceptorChain extends GuardedChain {
    private final List<LoopInterceptor> interceptors;

    /** Which of them is called next; their number for the code within. */
    private final int position;

    private final Iteration iteration;

    /** What is within all of them. */
    private final Chain code;

    private InterceptorChain(List<LoopInterceptor> interceptors, int position, Iteration iteration, Chain code) {
        this.interceptors = interceptors;
        this.position = position;
        this.iteration = iteration;
        this.code = code;
    }

    /** Runs code within interceptors. It throws what the outermost of them throws. */
    static void run(List<LoopInterceptor> interceptors, Iteration iteration, Chain code) throws Exception {
        new InterceptorChain(interceptors, 0, iteration, code).proceed();
    }

    @Override
    void goOn() throws Exception {
        if (position == interceptors.size()) {
            code.proceed();
            return;
        }
        InterceptorChain rest = new InterceptorChain(interceptors, position + 1, iteration, code);
        try {
            interceptors.get(position).intercept(iteration, rest);
        } finally {
            rest.end();
        }
    }

    @Override
    String refusal() {
        return "proceed() may be called once, on the thread of " + iteration
                + ", before the interceptor returns that got the chain";
    }
}
