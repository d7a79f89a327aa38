// Jest's processes run with short stacks, for the threads that workflows run in (decision 062): a test's own tell where it failed.
Error.stackTraceLimit = 30;
