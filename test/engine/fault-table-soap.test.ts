import { describeFaultTable } from './support/describe-fault-table';

describeFaultTable('soap', 'what is not down');
